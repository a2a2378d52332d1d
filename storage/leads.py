"""Leads, as people look at them: lists, one with everything, exports, erasure."""

from storage.identities import part_leads
from storage.profiles import profile_of

__all__ = ["part_leads", "profile_of"]
