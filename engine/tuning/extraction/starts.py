"""How English questions and commands begin."""

import re

QUESTION_START = re.compile(
    r"^(?:what|who|whom|whose|where|when|why|how|which|is|are|am|was|were|do|does|did|can|could|"
    r"would|will|shall|should|may|might|have|has|had|is n't|any|anyone)\b",
    re.IGNORECASE,
)
COMMAND_START = re.compile(
    r"^(?:please|tell|give|show|write|make|find|list|suggest|recommend|explain|describe|help|"
    r"create|generate|translate|summari[sz]e|convert|calculate|compare|compose|draft|recite|"
    r"let|let['’]s|do not|stop|try|use|add|remove|delete|change|open|check|look|think|repeat|"
    r"answer|ask|send|set|read|say|book|order|play|remind|imagine|pretend|suppose|assume|"
    r"consider|keep|forget|ignore|come|go|wait|guess|define|solve|name|pick|choose|plan|buy|"
    r"thanks|thank you|welcome|wish|act|pls|plz|put|sign|mention|include|avoid|never|take|"
    r"start|prepare|improve|proofread|correct|rewrite|reply|respond|shorten|polish|edit|"
    r"analy[sz]e|research|brainstorm|estimate|advise|teach|quiz|tag|call|email|text|leave|"
    r"skip|replace|sketch|outline|propose|pack|save|search|figure out|turn|note|word|phrase|"
    r"no )\b",
    re.IGNORECASE,
)
