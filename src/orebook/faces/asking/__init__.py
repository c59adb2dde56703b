"""Asking from outside: what programs and agents may ask of the verbs, on which terms, and what they are given back.

The command line trusts who types. These faces do not: what is asked for is looked at word by word, nothing outside of
the folder that was named is opened, and nothing is changed unless that was allowed.
"""
