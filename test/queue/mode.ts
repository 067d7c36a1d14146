// Read by the harness when a test file loads it.
process.env.N8N_MODE = 'queue';
