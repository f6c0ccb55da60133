"""A small web shop: a catalogue, orders, and a payment provider."""
