"""What is wrong with an expression, and where."""


class ConditionError(ValueError):
    """An expression that cannot be used; ``line`` and ``column`` count from 1 within the expression's own text."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"{line}:{column}: {message}")
        self.message = message
        self.line = line
        self.column = column
