"""duixian 兑现."""
