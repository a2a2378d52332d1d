"""What people really type: number words, ordinals, yes and no, in the languages the bot reads."""
