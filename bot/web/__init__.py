"""HTTP: the widget and its socket, the chat API, pages, downloads, health."""
