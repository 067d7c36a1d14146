import { delimiter, dirname } from 'node:path';
import type { NodeRuntime } from './node24';

/** Variables from the developer's own n8n and from the test runner. They must not affect this n8n. */
const FOREIGN =
	/^(N8N_|DB_|EXECUTIONS_|QUEUE_|CREDENTIALS_|NODES_|OFFLOAD_|WEBHOOK_URL$|GENERIC_|npm_|INIT_CWD$|JEST_|NODE_ENV$|NODE_OPTIONS$|PORT$)/i;

/** The settings that differ between n8n processes. */
interface EnvironmentOptions {
	userFolder: string;
	port: number;
	brokerPort: number;
	node: NodeRuntime;
	/** Folders that the Read/Write Files from Disk node can access. */
	fileAccess: string[];
	/** Additional settings, which override the others. */
	env: Record<string, string>;
}

/** Returns the complete environment of an n8n process: local, isolated from other instances, and without telemetry. */
export function n8nEnvironment(options: EnvironmentOptions): NodeJS.ProcessEnv {
	const url = `http://127.0.0.1:${options.port}/`;
	const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
	return {
		...Object.fromEntries(inherited),
		// n8n starts its task runner with the first Node in PATH.
		PATH: `${dirname(options.node.path)}${delimiter}${process.env['PATH'] ?? ''}`,
		NODE_ENV: 'production',
		N8N_USER_FOLDER: options.userFolder,
		N8N_HOST: '127.0.0.1',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(options.port),
		N8N_PROTOCOL: 'http',
		N8N_EDITOR_BASE_URL: url,
		WEBHOOK_URL: url,
		N8N_RUNNERS_BROKER_PORT: String(options.brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true',
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
		EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
		...(options.fileAccess.length > 0 && { N8N_RESTRICT_FILE_ACCESS_TO: options.fileAccess.join(';') }),
		...options.env,
	};
}
