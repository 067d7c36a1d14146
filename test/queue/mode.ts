// The harness reads this when a test file imports it.
process.env.N8N_MODE = 'queue';
