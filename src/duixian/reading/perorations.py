"""Where a speech ends and its peroration may begin: annexes, the last call to march on, the last salutation."""

from __future__ import annotations

from duixian.reading.headings import SHORT_LINE
from duixian.reading.sentences import SALUTATION, Sentences

_TAIL = 1000  # the closing lies within so many characters of the end of the speech (or its last fourteenth)
_NO_CALL_BEFORE = 1500  # a call further from the end of the speech calls for something else
_SURE = 5.0  # cues of this weight decide where the speech and its closing stand
_LATE = 0.6  # no closing begins in an earlier share of the speech
_CALLED = 3.0  # what a salutation shortly before the last call speaks for the closing
_UNCALLED = -2.5  # a salutation with no call near
_LAST_THOUGHT = 5.0  # what the last salutation speaks for it where nothing calls
_CALL_AFTER = 350
_CALL_NEAR = 260


class Ending:
    """The end of a speech.

    Args:
        said: the report's sentences.

    Attributes:
        annexes: where the annexes begin.
        speech_end: where the speech ends.
        last_greeting: the last salutation near its end; -1 without one.
        last_call: where the last call begins; -1 without one.
        peroration: the first position where the closing may begin.
        last_paragraph: the speech's last paragraph where nothing calls; else -1.
    """

    def __init__(self, said: Sentences) -> None:
        self.said = said
        self.annexes = self._annexes()
        self.speech_end = min(self.annexes, default=said.end)
        self.last_greeting = self._last_greeting()
        self.last_call = self._last_call()
        self.peroration = self._peroration()
        self.last_paragraph = self._last_paragraph() if self.last_call < 0 else -1

    def _annexes(self) -> list[int]:
        """Where the annexes begin: their title lines in the report's second half."""
        late = (self.said.body + self.said.end) / 2
        named = [i for i, cues in self.said.hits.items() if any(c.roles == ("appendix",) and c.weight >= _SURE for c in cues)]
        return sorted(self.said.sentences[i] for i in named if self.said.sentences[i] > late)

    def _last_call(self) -> int:
        """Where the last call to march on begins; -1 without one in the last part of the speech."""
        calls = [
            self.said.sentences[i] for i, cues in self.said.hits.items() if any(c.roles == ("closing",) and c.weight >= _SURE for c in cues)
        ]
        late = self.said.body + _LATE * (self.speech_end - self.said.body)
        if self.last_greeting >= 0:
            late = max(late, self.speech_end - _NO_CALL_BEFORE)
        return max((at for at in calls if self.speech_end >= at > late), default=-1)

    def _last_greeting(self) -> int:
        """The last salutation near the end of the speech; -1 without one."""
        near = max(self.said.body, self.speech_end - max(_TAIL, (self.speech_end - self.said.body) // 14), self.speech_end - _TAIL)
        return max((m.start() for m in SALUTATION.finditer(self.said.text, near, self.speech_end)), default=-1)

    def _last_paragraph(self) -> int:
        """The start of the speech's last paragraph that is no mere line."""
        stop = self.speech_end
        for at, end in zip(reversed(self.said.sentences), reversed(self.said.ends), strict=True):
            if self.said.body < at and end <= stop and self.said.breaks(at):
                if stop - at > SHORT_LINE:
                    return at
                stop = at
        return self.said.body

    def called(self, start: int) -> float:
        """What a salutation speaks for the closing: the last one before the last call opens it."""
        if self.last_call < 0:
            return _LAST_THOUGHT if start == self.peroration else 0.0
        if not start <= self.last_call <= start + _CALL_AFTER:
            return _UNCALLED
        if SALUTATION.search(self.said.text, start + 4, self.last_call) is None:
            return _CALLED
        return 0.0 if self.last_call - start <= _CALL_NEAR else _UNCALLED

    def _peroration(self) -> int:
        """The first position where the closing may begin: some way before its last call, or before the end of the speech."""
        if self.last_call >= 0:
            near = [
                m.start()
                for m in SALUTATION.finditer(self.said.text, max(self.said.body, self.last_call - _CALL_AFTER), self.last_call + 1)
            ]
            opening = [at for at in near if self.last_call - at <= _CALL_NEAR] or near[-1:]
            return opening[0] if opening else self.last_call - _TAIL
        return self.last_greeting if self.last_greeting >= 0 else self.speech_end - max(_TAIL, (self.speech_end - self.said.body) // 14)
