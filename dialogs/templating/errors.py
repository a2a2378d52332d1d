"""What is wrong with a message text, and where."""


class TemplateError(ValueError):
    """A text that cannot be used; ``line`` and ``column`` count from 1 within the text."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"{line}:{column}: {message}")
        self.message = message
        self.line = line
        self.column = column
