"""Emoji by the names that Slack gives them: Slack sends names, visitors are to see the signs.

The ones that people type in chats with customers. A name that is not here stays as it is written.
"""

EMOJI: dict[str, str] = {
    "+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎", "ok_hand": "👌", "clap": "👏", "wave": "👋",
    "pray": "🙏", "raised_hands": "🙌", "muscle": "💪", "handshake": "🤝", "crossed_fingers": "🤞", "v": "✌️",
    "point_right": "👉", "point_left": "👈", "point_up": "☝️", "point_down": "👇", "writing_hand": "✍️", "eyes": "👀",
    "slightly_smiling_face": "🙂", "simple_smile": "🙂", "smile": "😄", "smiley": "😃", "grinning": "😀", "grin": "😁",
    "laughing": "😆", "satisfied": "😆", "joy": "😂", "rolling_on_the_floor_laughing": "🤣", "sweat_smile": "😅",
    "blush": "😊", "relaxed": "☺️", "wink": "😉", "heart_eyes": "😍", "star-struck": "🤩", "hugging_face": "🤗",
    "upside_down_face": "🙃", "innocent": "😇", "sunglasses": "😎", "nerd_face": "🤓", "stuck_out_tongue": "😛",
    "stuck_out_tongue_winking_eye": "😜", "thinking_face": "🤔", "neutral_face": "😐", "confused": "😕",
    "slightly_frowning_face": "🙁", "white_frowning_face": "☹️", "disappointed": "😞", "cry": "😢", "sob": "😭",
    "sweat": "😓", "flushed": "😳", "open_mouth": "😮", "face_with_rolling_eyes": "🙄", "grimacing": "😬",
    "partying_face": "🥳", "melting_face": "🫠", "saluting_face": "🫡", "smiling_face_with_3_hearts": "🥰",
    "heart": "❤️", "orange_heart": "🧡", "yellow_heart": "💛", "green_heart": "💚", "blue_heart": "💙",
    "purple_heart": "💜", "broken_heart": "💔", "sparkling_heart": "💖", "tada": "🎉", "confetti_ball": "🎊",
    "sparkles": "✨", "star": "⭐", "star2": "🌟", "fire": "🔥", "rocket": "🚀", "zap": "⚡", "boom": "💥", "100": "💯",
    "white_check_mark": "✅", "heavy_check_mark": "✔️", "ballot_box_with_check": "☑️", "x": "❌", "warning": "⚠️",
    "question": "❓", "exclamation": "❗", "bulb": "💡", "bell": "🔔", "calendar": "📅", "date": "📅",
    "spiral_calendar_pad": "🗓️", "alarm_clock": "⏰", "hourglass": "⌛", "phone": "☎️", "telephone_receiver": "📞",
    "iphone": "📱", "computer": "💻", "email": "✉️", "envelope": "✉️", "memo": "📝", "paperclip": "📎", "link": "🔗",
    "pushpin": "📌", "chart_with_upwards_trend": "📈", "bar_chart": "📊", "moneybag": "💰", "gift": "🎁",
    "trophy": "🏆", "dart": "🎯", "key": "🔑", "lock": "🔒", "mag": "🔍", "coffee": "☕", "beers": "🍻", "cake": "🍰",
    "sunny": "☀️", "christmas_tree": "🎄", "earth_africa": "🌍", "globe_with_meridians": "🌐",
    "arrow_right": "➡️", "arrow_left": "⬅️", "arrow_up": "⬆️", "arrow_down": "⬇️",
}  # fmt: skip
