"""Sends at a set time: when a schedule is due, on which days, with which words. Pure."""
