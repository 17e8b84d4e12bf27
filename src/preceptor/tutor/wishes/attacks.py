"""What is said to a machine and not to a tutor, in any mixture of languages: orders, other parts to play, code."""

import re

INSTRUCTS = re.compile(
    r"\b(?:ignore|forget|disregard|override|disable|bypass|vergiss|ignoriere)\b.{0,40}\b(?:instructions?|rules?|"
    r"previous|above|everything|protection|prompt|regeln|anweisungen|alles)\b|\b(?:you are now|you're now|"
    r"du bist jetzt|act as|pretend (?:to be|you)|im_start|im_end|unrestricted|jailbreak|new rule|neue regel)\b|"
    r"^\W*system\W|\b(?:last|letzten?) (?:hint|tipp|hinweis)\b|\bquote\b"
)
CODE = re.compile(
    r"<\/?\w+[^>]*>|\{\{|\}\}|\$\{|\bimport \w+|\bprint\s*\(|\beval\s*\(|\bexec\s*\(|\bselect\b.+\bfrom\b|"
    r"\bdrop table\b|\bcurl\b|\bwget\b|\brm -|\bsudo\b|=sum\(|\bfor \w+ in\b|\bdef \w+\(|\bfunction\b.*\{|;\s*--|"
    r"'\s*or\s*'|\balert\s*\(|\blambda\b|\bnone\b|__\w+__|\bos\.|\bif x else\b|\becho\b|=>|\bconsole\."
)
PROBES = (
    r"\b(?:system|developer|admin(?:istrator)?|jailbreak|unrestricted|im_start|im_end|prompt|root|debug|override)\b",
    r"\b(?:you are|you're|act as|pretend|be like|du bist|spiel|tu so|stell dir vor)\b.{0,30}\b(?:now|dan|a|my|an|"
    r"jetzt|ein\w*)\b",
    r"\b(?:poem|story|song|json|table|rot13|base64|roman numerals?|backwards|emojis?|rückwärts|gedicht|geschichte|"
    r"lied|opposite|translate|morse|acrostic|rhyme|code|cipher|riddle)\b",
    r"\b(?:ich bin|i am|i'm) (?:the|your|der|die|dein\w*|a|an)? ?(?:teacher|admin\w*|developer|examiner|lehrer\w*|"
    r"entwickler\w*|prüfer\w*|inspector|principal|headmaster|tester)\b",
)
"""Ways to get at the answer around the tutor."""
