"""Reading the team file: from YAML to the team, or to everything that is wrong with it, by place."""

from dialogs.desk.team_file.whole import TeamResult, load_team

__all__ = ["TeamResult", "load_team"]
