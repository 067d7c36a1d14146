import type { ExpressionString } from 'n8n-workflow';
import type { Provider } from '../providers/provider';
import { labels, namesByValue } from '../shared/canvas';
import type { Operation } from './operation';

/** Returns the expression for the node's subtitle, such as “AssemblyAI: submit and wait”. */
export function subtitleOf(operations: readonly Operation[], providers: readonly Provider[]): ExpressionString {
	const provider = `${namesByValue(providers)}[$parameter.provider] ?? $parameter.provider`;
	const operation = `${labels(operations.map(({ option }) => option))}[$parameter.operation] ?? $parameter.operation`;
	return `={{ ${provider} }}: {{ ${operation} }}`;
}
