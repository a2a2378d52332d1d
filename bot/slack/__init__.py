"""The plumbing to Slack: calls out, events in. What they mean is decided by whoever listens (``SlackListener``).

Nothing here imports slack_sdk or slack_bolt before something is called or received: a server without Slack starts
without them.
"""
