"""Resource and reserve estimates: what their columns, rows and sentences say."""
