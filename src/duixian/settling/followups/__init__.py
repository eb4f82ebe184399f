"""Was it done? Each promise beside what the next report says of it."""
