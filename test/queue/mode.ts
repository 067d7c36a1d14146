// The harness reads this variable when a test file imports the harness.
process.env.N8N_MODE = 'queue';
