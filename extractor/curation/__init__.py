"""Curation: checking, reviewing and merging tables."""
