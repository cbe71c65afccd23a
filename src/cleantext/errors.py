"""What can go wrong, as one tree.

::

    CleantextError
    ├── ConfigError        a setting that makes no sense (also a ValueError)
    ├── WrongPackageError  a keyword of another package that imports as ``cleantext`` (also a TypeError)
    ├── DataError          a phrase file or the scorecard is malformed (also a ValueError)
    ├── InputError         a page that could not be read or decoded (also a ValueError)
    ├── OutputError        a cleaned page that could not be written
    ├── MissingExtraError  a package that only one of the extras installs is not there (also an ImportError)
    └── WorkerError        a process that cleans has died

Every message says the next step. No ``str`` given to :func:`cleantext.clean` raises any of these.
"""

__all__ = [
    "CleantextError", "ConfigError", "DataError", "InputError", "MissingExtraError", "OutputError", "WorkerError",
    "WrongPackageError",
]  # fmt: skip


class CleantextError(Exception):
    """The base of every error that this package raises on purpose."""


class ConfigError(CleantextError, ValueError):
    """A setting of :class:`cleantext.Config` is outside its range; the message names the range."""


class WrongPackageError(CleantextError, TypeError):
    """A call used a keyword of another package that also imports as ``cleantext``."""


class DataError(CleantextError, ValueError):
    """A phrase file or the scorecard breaks its form; the message names the file and the entry."""


class InputError(CleantextError, ValueError):
    """A page could not be read or decoded; the message names it and what to try."""


class OutputError(CleantextError):
    """A cleaned page could not be written; the message names the file and what to try."""


class MissingExtraError(CleantextError, ImportError):
    """A package is not installed that only some need; the message names the extra that installs it."""


class WorkerError(CleantextError):
    """A process that was cleaning has died, such as by the system when memory ran out."""
