"""The site: pages of a store, served on this machine."""
