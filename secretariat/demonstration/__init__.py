"""The demonstration: the Regional Conference on Migration at work, made through the services like a secretariat would.

Plan and outcomes follow the reference data (guidelines and memorandum on return, statistics, temporary work); people
appear by function, numbers and commitments are invented, and every page says so. Dates are relative to today.
"""
