"""How students say in English what they want."""

from preceptor.tutor.wishes.contract import Wishes

_VERY = r"(?:so |very |really |such an? |too |just |always |like |feeling )*"
_WHO = r"(?<!\bit )(?<!\bthat )(?<!\bthis )(?<!\bone )(?<!\bquestion )(?<!\btask )"

ENGLISH = Wishes(
    distress=(
        r"\b(?:live any ?more|end(?:ing)? (?:it all|my life)|kill(?:ing)? (?:myself|me)|suicid\w*|self.?harm\w*)\b",
        r"\b(?:hurt|cut|harm)(?:ting|ing)? myself\b|\b(?:want|wanna|going|like) (?:to )?(?:die|disappear|cry|crying)\b",
        r"\b(?:reason|point|sense|use|no longer want|any more|don'?t want) (?:in |of |to )?(?:go on |keep on |"
        r"to )*(?:live|living|alive)\b|\bpointless to live\b|\blife is (?:pointless|over|meaningless|not worth)",
        rf"\w+ {_WHO}(?:hits?|beats?|hurts?|touch(?:es)?|abuses?|kicks?|slaps?|threatens?) me\b",
        r"\b(?:he|she|they|who) (?:hits?|beats?|hurts?|touch(?:es)?|abuses?) me\b|\b(?:beaten|hit|abused|"
        r"touched) by my\b",
        r"\bbull(?:y|ied|ies|ying)\b|\blaugh(?:s|ing)? at me\b|\b(?:make|makes|making) fun of me\b|\bcrying\b",
        rf"\bfeel(?:ing)? {_VERY}(?:awful|terrible|alone|lonely|sad|stupid|dumb|worthless|bad|sick|cry\w*|a failure|"
        r"an idiot|horrible|depressed|hopeless|anxious|useless|empty|scared|afraid)\b",
        r"\b(?:so|too|just|such an?|really|am|i'm|total) (?:stupid|dumb|an? idiot|idiot|worthless|hopeless|useless|"
        r"depressed|a failure|a loser|lonely)\b",
        r"\b(?:so|really|just|too|always|terribly|this) bad at\b|\b(?:always|only|ever) fail(?:ing)?\b",
        r"\bi'?ll never (?:understand|get|learn|be able|manage|pass|be)\b|\bcan'?t (?:take|stand|bear) (?:this|"
        r"it) any\w*",
        r"\bi (?:can'?t|cannot) go on(?! with| from| here)\b|\bpanic\w*|\bmakes? me (?:cry|sick|anxious|scared|sad|"
        r"panic|feel)\b",
        rf"\b(?:i'm|i am|i get|i feel) {_VERY}(?:nervous|anxious|scared|desperate|depressed|stressed|overwhelmed)\b",
        r"\bhates? (?:myself|my life|me)\b|\bno(?:body| one) (?:likes?|loves?|would miss|cares)\b|"
        r"\bgive up on (?:life|myself)\b",
        r"\b(?:scared|afraid|terrified) (?:of|to|about)\b|\bi am afraid(?! (?:i|it|that|this|so|not)\b)",
        r"\b(?:failure|loser|depress\w*|hopeless|worthless)\b",
    ),
    personal=(
        r"[\w.+-]+@[\w-]+\.\w{2,}|(?<![\w=+*/^.,-])\+?\d[\d ()/-]{8,}\d\b(?!\s*[=+*/^])",
        r"\bmy (?:phone(?: number)?|address|password|telephone|mobile|full name|e-?mail|surname|last name) is\b",
        r"\bi live (?:at|in|on) \w+",
    ),
    contest=(
        r"^contest\b|\b(?:that|this|it|my answer) (?:was|is) (?:actually )?(?:right|correct)\b",
        r"\b(?:that|my answer) (?:was|is)n'?t wrong\b|\byou(?:'re| are) wrong\b|\bi was right\b|\bthat(?:'s|"
        r" is) unfair\b",
        r"\b(?:the|your) (?:key|grade|grading|answer) is wrong\b|\bmark(?:ed)? (?:it|me) wrong\b",
    ),
    off_topic=(
        r"\b(?:how|what)(?:'s| is| will| was) the weather\b|\bweather (?:like|today|tomorrow)\b",
        r"\b(?:football|soccer|movie|film|netflix|minecraft|roblox|fortnite|youtube|tiktok|instagram|followers?|"
        r"girlfriend|boyfriend|joke|song|president|election|pizza|bomb|weapon|drugs?|essay|phone should)\b",
        r"\b(?:history homework|homework in|should i wear|to wear|grade did|did \w+ (?:get|score))\b",
        r"\bwho (?:made|built|are) you\b|\bare you (?:a|an)\b|\bhow old are you\b|\byour name\b",
        r"\btell me (?:a story|about yourself)\b",
    ),
    greets=(
        r"hi|hey|hello|hiya|good (?:morning|evening|day)|thanks?|thank you|thx|bye|goodbye|cu|lol|haha\w*|cool|nice|"
        r"great",
        r"give me (?:a|one) (?:moment|second|sec|minute)|(?:a|one|just a) (?:second|sec|minute)|hang on|hold on",
        r"ok(?:ay)?|yes|yep|yeah|no|nope|fine|sure|wow|omg|wtf|bro|alright|one moment|moment|wait|please|sorry|super",
    ),
    greets_on=(r"there|you|so much|very much|a lot|tutor|again|then|thanks|thank you|please|bye|moment|guys?|bro|man",),
    hint=(
        r"\b(?:hints?|help|(?<!no )(?<!not a )(?<!haven't a )clues?|tips?|stuck|lost|push|advice|work with|nudge)\b",
        r"\b(?:how|where) (?:to|do i even|do i) (?:start|begin|go on)\b|\b(?:next|first) (?:step|move)\b",
        r"\bhow (?:do|can|should) (?:i|you) (?:start|begin|do)\b(?! \w+ \w+)|\b(?:what|where) (?:should|do|"
        r"must) i (?:do|start|begin)\b",
        r"\b(?:point|push|steer|guide|lead|nudge) me\b|\bright (?:direction|track)\b",
        r"\b(?:can'?t|cannot|can not|not|don'?t|unable to) (?:get|go|come|move|getting|going) (?:any )?(?:further|on|"
        r"ahead|anywhere|forward)\b",
    ),
    why=(
        r"^\W*why\W*$|\bwhat is (?:this|it) (?:good )?for\b",
        r"\bwhy (?:this|that|did|do|are|must|should|am|have|again|always|me)\b(?! we\b).{0,12}\b(?:this|that|it|these|"
        r"question|one|task|again|i|choose|pick|ask|give)\b",
    ),
    dont_know=(
        r"\bi (?:really |just )?(?:do not|don'?t|dont) (?:know|get|understand)\b(?: it| this| that| anything)?",
        r"(?:\b(?:no|not an?|not the)|n't (?:got |have )?(?:the|an?|any)) (?:\w+ )?(?:clue|idea)\b|\bgiv(?:e|ing) up\b|"
        r"\bidk\b",
        r"\bnot sure\b|\bdunno\b|\b(?:can'?t|cannot) (?:do|solve|answer) (?:it|this|that)\b|\bbeats me\b|\bi pass\b|"
        r"\bno plan\b",
        r"\b(?:is|goes|way|far) (?:beyond me|over my head|too (?:hard|difficult) for me)\b",
        r"^\W*(?:pass|i can'?t)\W*$|^\W*skip(?: (?:it|this|that))?\W*$",
    ),
    puzzled=(
        r"\b(?:don'?t|do not|dont|didn'?t|can'?t) (?:really |quite )?(?:get|understand|follow|see) (?:the|this \w|"
        r"that \w|what|why|how|your|one)",
        r"\b(?:say|put|phrase|explain) (?:that|this|it) (?:differently|again|another way|otherwise)",
    ),
    asks=(
        r"\b(?:what|why|how|when|where|which|who|explain|mean|means|example|difference|may i|can i|do i|is there)\b",
        r"\bshould (?:i|the|it)\b|\btrick\b|\bremind me\b|\bdefinition\b|\btell me (?:about|more|how)\b",
        r"\b(?:show|give) me (?:how|an?|another|some|one)\b",
    ),
    about=(
        r"\b(?:how precise|unit|formula|calculator|round|method|decimal|called|trick|remember|kind of|form|example|"
        r"as an?|fraction|other numbers|real life|daily life|asking me|the task|explain)\b",
        r"\b(?:similar|easier|solved|worked|different|another) (?:\w+ )?(?:problem|task|exercise|one|question)\b",
    ),
    names_task=(r"\b(?:explain|mean\w*|word|task)\b",),
    answer_nouns=("answers?", "solutions?", "results?", "key", "outcome", "4nsw3r"),
    probes=(
        r"\b(?:just|then|now) (?:say|tell|give|write|type|show|do)\b|\bfor me\b",
        r"\b(?:do|solve|calculate|finish|compute) (?:it|this|that|the task|the calculation|the question|the whole|"
        r"everything) ?(?:for me)?\b",
        r"\bwhat (?:do|should|must|can) i (?:have to )?(?:type|write|enter|put|click)\b|\bwhat to (?:write|type|enter|"
        r"put)\b",
        r"\bwhat is it(?: then)?\b|\bwhat'?s (?:it|x)\b|\bwhat comes out\b",
        r"\bis (?:it|the (?!difference)\w+|x|that) (?:bigger|larger|smaller|less|more|greater|higher|lower|even|odd|"
        r"between|above|below|over|under|positive|negative|prime|divisible|a multiple|close|near|around|about|an? )",
        r"\b(?:first|last|second|third|next) (?:digit|number|letter|line|word)\b|\bdoes \d+ divide\b|"
        r"\bhow many digits\b",
        r"\b(?:which|what) (?:options?|letter|one|choices?|of (?:them|these))\b|\bthe letter\b",
        r"\bwhich (?:\w+ )?(?:are|is) (?:wrong|right|correct|false)\b",
        r"\bcomplete\b.*:|\brepeat (?:the|your|after)\b|\bwrite (?:the|a) (?:whole|chain|line)|\bchain of\b",
        r"\bother side of\b|\bwith (?:the|all) numbers\b|\bfill(?:ed)? in\b|\bshow all\b|___",
        r"\b(?:reveal|disclose|leak|spoil|secret|tell me|say it|nod|blink|wink|count it|would you (?:count|accept)|"
        r"if i (?:typed|type|write|say))\b",
        r"\b(?:what'?s|what is|how much is)\s+[-(]?\d+\s*[-+*/x×:^]",
        r"\band (?:the )?next\b|\bnow do the task\b|\b(?:my|the) teacher said\b|\bminus one\b|\bhalf of it\b",
    ),
    yes_or_no=(r"(?:and |so |but )?(?:is|are|could|can|would|might|must|should|what about|how about)\b",),
    states=(
        r"(?:so |well,? |i (?:think|guess|believe|say),? )*(?:the|my) (?:answer|solution)(?: is|:) (?!not |what|was |"
        r"please|_)",
        r"i (?:think|guess|believe),? (?:it'?s|it is|that'?s) (?!not )",
    ),
)  # fmt: skip
