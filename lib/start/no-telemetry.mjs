// Next sends no telemetry from a process that imports this, nor from those that it starts.
process.env.NEXT_TELEMETRY_DISABLED = "1";
