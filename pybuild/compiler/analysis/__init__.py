"""What passes ask about a function: order of blocks, loops, dominance, liveness."""
