"""Slack as a handoff target: what people of ours see there of a lead, and what their clicks and words mean."""
