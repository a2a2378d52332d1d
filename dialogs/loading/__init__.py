"""Reading dialog scripts: from a YAML file's text to the model, or to everything that is wrong with it, by place."""

from dialogs.loading.problems import Problem, Severity
from dialogs.loading.whole import LoadResult, load_script, version_of

__all__ = ["LoadResult", "Problem", "Severity", "load_script", "version_of"]
