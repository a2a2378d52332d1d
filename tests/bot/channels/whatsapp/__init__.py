"""WhatsApp as a place where visitors are."""
