"""Assistance: what a model proposes to have been missed, and how much of it the document itself bears out.

Nothing here knows a network: whoever asks the model hands over a function that does. A proposal is a place and a
meaning. Its figure is read again from that place by the same reading of quantities as any other, so that a model can
point but never state.
"""
