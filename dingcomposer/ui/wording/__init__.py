"""Every sentence about a problem, a status, a cause or a fault, in one place.

Facts carry codes; only these modules turn codes into words. Each sentence is translated when it is
asked for, so a change of language needs nothing else.
"""
