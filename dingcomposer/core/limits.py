"""DingTalk's numbers, each with its source.

Pages are below open.dingtalk.com/document/ and were read on 2026-08-22. Marks: [O] official
documentation, [M] a real answer that somebody quoted, [C] one person's claim, [?] inferred.
A number marked [C] or [?] may lead to a warning or a hint, never to a refusal.
"""

# Pace: development/custom-robots-send-group-messages [O]. Beyond it the robot rests ten minutes.
PACE_PER_MINUTE = 20
PACE_WINDOW_S = 60
PACE_PENALTY_S = 600

# Calls a month, Standard edition, webhook and stream together, since 2025-11-19:
# development/faq-robot [O].
CALLS_A_MONTH = 3000

# The whole body as posted, answer 460101 "message too long, exceed 20000 bytes" [M].
BODY_BYTES = 20_000

# People in one `at`: development/robot-message-type [O].
PEOPLE = 50

# Keywords of one robot: dingstart/customize-robot-security-settings [O].
KEYWORDS = 10

# Pictures recommended at most in one markdown: development/robot-message-type [O].
PICTURES = 20

# A picture is shown at most this large: development/robot-message-type [O].
PICTURE_WIDTH_PX = 358
PICTURE_HEIGHT_PX = 350

# More items showed nothing on phones; nothing is documented [C].
FEED_ITEMS = 9

# Where the official templates of application robots stop: another API, nothing documented for
# webhooks [?]. Horizontal takes effect with exactly two [C].
BUTTONS_VERTICAL = 5
BUTTONS_HORIZONTAL = 2

# Lengths in characters that another API names; nothing is documented for webhooks [?].
TITLE_CHARACTERS = 64
LINK_TEXT_CHARACTERS = 500
BUTTON_CHARACTERS = 20

# Deeper lists look poor [C].
LIST_LEVELS = 2

# How far a timestamp may be from the server's clock:
# dingstart/customize-robot-security-settings [O].
CLOCK_MS = 3_600_000

# What a signing secret begins with: dingstart/customize-robot-security-settings [O]. This many
# lower-case hex digits follow in all that were ever quoted; their number is not documented [?].
SECRET_PREFIX = "SEC"  # noqa: S105 - the public prefix
SECRET_HEX_DIGITS = 64

# What most access tokens look like: this many lower-case hex digits; no form is documented [?].
TOKEN_HEX_DIGITS = 64

# Our own bounds for a robot's time-outs, in seconds.
TIMEOUT_MIN_S = 1.0
TIMEOUT_MAX_S = 120.0

# How long a send may be repeated under its msgUuid. How long DingTalk remembers one is not
# documented: our own estimate, and the window says so [?].
SAFE_RETRY_S = 86_400

# Behind a markdown line that the next one does not run on into: seen on real clients [M].
LINE_BREAK = "  "
