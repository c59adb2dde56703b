"""Drilling as releases tell it: names of holes, the grammar of intercepts in prose, tables that lost their lines."""
