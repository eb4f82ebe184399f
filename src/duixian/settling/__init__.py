"""Settling: the headline value of a cell; target against result; promise against answer."""
