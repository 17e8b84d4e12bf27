"""How students say in German what they want."""

from preceptor.tutor.wishes.contract import Wishes

_VERY = r"(?:so |sehr |gar |echt |zu |einfach |immer )*"

GERMAN = Wishes(
    distress=(
        r"\b(?:umbringen|selbstmord|suizid\w*|nicht mehr leben|lebensmüde|lebensmut|lebenswillen?)\b",
        r"\b(?:will|möchte) (?:nur noch |einfach )?(?:sterben|weinen|verschwinden)\b|\bsinn (?:im|des) lebens?\b",
        r"\blach\w* (?:über mich|mich aus)\b|\bauslachen\b|\b\w*mobb\w*|\b(?:schlägt|schlagen|verprügelt|misshandelt|"
        r"tritt) mich\b",
        r"\bkann (?:das|es|ich) (?:einfach )?nie\b|\bschaff\w* (?:das|es) nie\b|\blerne? (?:das|ich)? ?nie\b|"
        r"\bnie verstehen\b",
        r"\bhass\w* (?:mich|mein leben)\b|\b(?:heulen?|weinen?|angst|panik|versager\w*|einsam|verzweifelt|"
        r"hoffnungslos|wertlos|depressiv)\b|\bnicht mehr weiter ?leben\b|\bich kann nicht mehr\b(?! \w+ (?:rechnen|"
        r"folgen))",
        r"\b(?:niemand|keiner) (?:mag|liebt|vermisst)\b|\bgeht(?: es|'s)? (?:mir )?(?:so |sehr |gar |"
        r"echt )*(?:schlecht|nicht gut)\b",
        r"\bmir (?:\w+ ){0,2}(?:weh|(?:et)?was an(?:tun)?)\b|\bweh ?tun\b|\britze\w*|\bmich (?:selbst )?verletz\w*",
        rf"\b(?:bin|zu|total) {_VERY}(?:dumm|blöd|doof|unfähig|nervös|überfordert)\b",
    ),
    personal=(
        r"\bmeine (?:telefonnummer|handynummer|nummer|adresse|e-?mail\w*) (?:ist|lautet)\b",
        r"\bmein (?:passwort|nachname|voller name) (?:ist|lautet)\b|\bich wohne (?:in|an|am|auf) \w+",
    ),
    contest=(
        r"^(?:einspruch|anfechten)\b|\b(?:das|es|meine antwort) (?:war|ist) (?:aber |doch )+richtig\b",
        r"\bdu (?:irrst dich|hast unrecht)\b|\bdas ist unfair\b|\bich hatte (?:aber |doch )?recht\b",
        r"\b(?:das|meine antwort) (?:war|ist) (?:aber |doch )?nicht falsch\b",
        r"\b(?:der schlüssel|die bewertung|deine lösung) ist falsch\b",
    ),
    off_topic=(
        r"\bwie (?:ist|wird|war) das wetter\b|\bwetter (?:heute|morgen)\b",
        r"\b(?:fu(?:ß|ss)ball|kinofilm|freundin|witz|lied|präsident|kanzler|wahlen|erzähl (?:mir )?(?:eine geschichte|"
        r"etwas über dich))\b",
        r"\bwer (?:hat dich gemacht|bist du)\b|\bbist du\b|\bwie alt\b|\bwie hei(?:ß|ss)t du\b|\bnote hat\b",
    ),
    greets=(
        r"hallo|moin|servus|guten (?:morgen|tag|abend)|danke\w*|ciao|tschüss|ja|nein|jo|gut|einen moment|warte|bitte",
    ),
    greets_on=(r"bitte|schön|dir|moment",),
    hint=(
        r"\b(?:tipps?|hinweise?|hilfe|hilf|hilfst|helfen|unterstützung|womit|erster schritt)\b|\b(?:stecke|"
        r"hänge) fest\b",
        r"\b(?:wie|wo|womit) (?:ich|man|soll ich) (?:\w+ )?(?:anf\w+|beginn\w*|start\w*)|"
        r"\bkomme? (?:\w+ )?nicht (?:mehr )?weiter\b",
        r"\bwie (?:fange?|soll) ich\b|\bwas (?:muss|soll|mache?) ich (?:zuerst|jetzt|als|denn|hier)\b|"
        r"\bauf die sprünge\b",
    ),
    why=(
        r"^\W*(?:warum|wieso|weshalb|wozu)\W*$",
        r"\b(?:warum|wieso|weshalb)\b.{0,25}\b(?:aufgabe|frage|diese|das jetzt|schon wieder|mir|ich)\b",
    ),
    dont_know=(
        r"\bwei(?:ß|ss)(?: ich| es| das| wirklich| echt| leider){0,3} (?:nicht|net|ned)\b|\b(?:ich )?gebe? auf\b|"
        r"\bpasse\b",
        r"\b(?:verstehe?|kapiere?)(?: ich)?(?: es| das)? nicht\b|\b(?:überfragt|zu (?:schwer|schwierig|"
        r"hoch) für mich)\b",
        r"\bkeine?n? (?:\w+ )?(?:ahnung|plan|schimmer|idee)\b|^\W*(?:kp|ka|k\.? ?a\.?)\W*$",
    ),
    puzzled=(
        r"\b(?:verstehe?|kapiere?) (?:ich )?(?:die|den|diese\w*|was|wie|warum|nicht,? (?:was|wie|warum))\b",
        r"\banders (?:sagen|erklären)\b",
    ),
    asks=(
        r"\b(?:was|warum|wieso|weshalb|wie|wann|wo|wofür|wozu|welche\w*|wer|erklär\w*|bedeutet|hei(?:ß|ss)t|beispiel|"
        r"unterschied)\b",
        r"\b(?:darf|kann|muss|soll) ich\b|\bgibt es\b|\btrick\b|\b(?:zeig|gib) mir (?:wie|ein\w*|noch)\b|\bnochmal\b",
    ),
    about=(r"\b(?:einheit|formel|taschenrechner|runden|beispiel|bruch|anderen zahlen|die aufgabe|ähnliche\w*)\b",),
    names_task=(r"\b(?:erklär\w*|bedeutet|hei(?:ß|ss)t)\b",),
    answer_nouns=("lösung(?:en)?", "ergebnis(?:se)?", "antwort(?:en)?", "schlüssel", "resultat"),
    probes=(
        r"\bwas kommt (?:da )?raus\b|\bwas ist es\b|\bwas (?:soll|muss|kann) ich (?:\w+ )?(?:eingeben|eintippen|"
        r"hinschreiben|schreiben)\b",
        r"\bist (?:es|sie|das|x|die \w+) (?:grö(?:ß|ss)er|kleiner|mehr|weniger|gerade|ungerade|zwischen|über|unter|"
        r"positiv|negativ|teilbar|eine? )",
        r"\b(?:erste|letzte|nächste|zweite)[rsn]? (?:ziffer|zahl|zeile|buchstabe|stelle)\b|\bwie viele (?:stellen|"
        r"ziffern)\b",
        r"\bwelche[rs]? (?:antwort|möglichkeit|option|ist|von)\b|\bergänze\b|\bvervollständige\b",
        r"\b(?:verrate?|leaken|zeig mir|sag mir|sag es)\b|\b(?:was ist|wie viel ist)\s+[-(]?\d+\s*[-+*/x×:^]",
        r"\brechne\w*\b.*\bfür mich\b|\bfür mich rechnen\b",
    ),
    yes_or_no=(r"(?:und |also |aber )?(?:ist|sind|wäre|kann|könnte|muss|wird|stimmt|was ist mit)\b",),
    states=(
        r"(?:ich (?:glaube|denke|meine|sage),? )*(?:die|meine) (?:antwort|lösung)(?: (?:ist|lautet)|:) (?!nicht |"
        r"bitte|_)",
        r"ich (?:glaube|denke),? (?:es ist|das ist) (?!nicht )",
    ),
)  # fmt: skip
