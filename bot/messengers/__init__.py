"""The house's side of messengers: what comes in becomes turns of conversations, what is said goes out."""
