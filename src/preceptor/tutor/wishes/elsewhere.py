"""What students say in languages that no course is written in; enough to help instead of grading."""

from preceptor.tutor.wishes.contract import Wishes

ELSEWHERE = Wishes(
    hint=(
        r"\b(?:pista|indice|ay[uú]d\w*|m'aider|aide\w*|aidez|aiutami|aiuto|ipucu|yardım|suggerimento|wskazówk\w*|"
        r"podpowiedź|подсказк\w*|підказк\w*|помог\w*)\b|提示|帮|تلميح|مساعدة",
    ),
    asks=(
        r"¿|\b(?:qué|significa|entiendo|explicar\w*|puedes|expliquer|peux-tu|question ?\?|soruyu|açıklar|nedir|puoi|"
        r"spiegare|объясн\w*|поясн\w*|comprends?|comprendo|entiendes?|ejemplo|esempio|exemple|anlamadım|anlamıyorum|"
        r"capisco|rozumiem|понимаю|розумію|begrijp|ajuda\w*|não entendo|cómo|como (?:se|faço|hago)|comment|come si|"
        r"nasıl|jak)\b",
        r"解释|题目|不明白|不懂|شرح|لا أفهم|わから|모르겠",
    ),
    answer_nouns=(
        "respuesta", "réponse", "reponse", "risposta", "cevap", "cevabı", "resposta", "odpowiedź", "antwoord",
        "відповідь", "ответ", "الجواب", "答案", "结果", "solución",
    ),
    probes=(r"الجواب|答案|结果|відповідь|ответ",),
)  # fmt: skip
