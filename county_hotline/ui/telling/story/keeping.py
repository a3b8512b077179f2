"""What is said of 附件、备注、删除, and of what cannot be read."""

from __future__ import annotations

from county_hotline.domain.facts import AttachmentAdded, NoteAdded, Unknown, Withdrawn, Withheld, WordsErased
from county_hotline.ui.telling.story.ground import Reading, signed, size_words, words_of
from county_hotline.wording import say, word

signed("paperclip", "quiet", AttachmentAdded)
signed("sticky", "quiet", NoteAdded)
signed("eraser", "amber", WordsErased)
signed("arrow-counterclockwise", "quiet", Withdrawn)
signed("question-circle", "amber", Unknown)
signed("eye-slash", "quiet", Withheld)


@words_of.register
def _attached(fact: AttachmentAdded, reading: Reading) -> str:
    return f"{fact.name}（{size_words(fact.size_bytes)}）"


@words_of.register
def _noted(fact: NoteAdded, reading: Reading) -> str:
    return fact.text


@words_of.register
def _erased(fact: WordsErased, reading: Reading) -> str:
    return say("order.story.erased", what=word(fact.erasure), ground=fact.ground)


@words_of.register
def _withdrawn(fact: Withdrawn, reading: Reading) -> str:
    return say("order.story.withdrawn", why=fact.why)


@words_of.register
def _unknown(fact: Unknown, reading: Reading) -> str:
    return say("kind.unknown")


@words_of.register
def _withheld(fact: Withheld, reading: Reading) -> str:
    return say("kind.withheld")
