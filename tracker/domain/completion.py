"""How far a task that is divided among units has come: counted from the units, never typed."""

from dataclasses import dataclass

_WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Completion:
    """How many of the parts of a task are done; a withdrawn part counts neither way."""

    done: int = 0
    total: int = 0
    # Whose unit still has to report: who may be urged.
    owed: int = 0
    withdrawn: int = 0

    @property
    def hundredths(self) -> int | None:
        """The share that is done, in hundredths of a percent; None when nothing is counted.

        99,999% is not 100%: the whole is reached by the last unit alone.
        """
        if not self.total:
            return None
        rounded = (2 * _WHOLE * self.done + self.total) // (2 * self.total)
        return rounded if self.done == self.total else min(rounded, _WHOLE - 1)

    @property
    def percent(self) -> int:
        """The share that is done in whole percent, never more than is true."""
        return self.done * 100 // self.total if self.total else 0
