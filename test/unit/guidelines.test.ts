import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import ts from 'typescript';
import { Transcription } from '../../nodes/Transcription/Transcription.node';
import { TranscriptionTrigger } from '../../nodes/Transcription/TranscriptionTrigger.node';

/** Checks n8n's UX guidelines that its linter doesn't check; see docs/verification.md. */

type Field = INodeProperties | INodePropertyCollection | INodePropertyOptions;

/** Returns the fields of a panel, including those inside collections. */
function fieldsIn(fields: readonly Field[]): Field[] {
	return fields.flatMap((field) => [
		field,
		...fieldsIn('values' in field ? field.values : 'options' in field ? (field.options ?? []) : []),
	]);
}

const panels = [new Transcription(), new TranscriptionTrigger()].flatMap(({ description }) =>
	fieldsIn(description.properties),
);

/** Returns the literal parts of a string or template. */
function literalsIn(expression: ts.Node): string[] {
	if (
		ts.isStringLiteralLike(expression) ||
		ts.isTemplateHead(expression) ||
		ts.isTemplateMiddleOrTemplateTail(expression)
	)
		return [expression.text];
	const parts: string[] = [];
	expression.forEachChild((child) => void parts.push(...literalsIn(child)));
	return parts;
}

/** Returns the literal parts of messages in a file: of `userError(message, …)` and of `{ message, description }`. */
function messagesIn(file: string): string[] {
	const messages: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && node.expression.getText() === 'userError' && node.arguments[0])
			messages.push(literalsIn(node.arguments[0]).join('…'));
		if (ts.isObjectLiteralExpression(node)) {
			const named = (name: string) =>
				node.properties.filter(ts.isPropertyAssignment).find((property) => property.name.getText() === name);
			const message = named('message');
			if (message && named('description')) messages.push(literalsIn(message.initializer).join('…'));
		}
		node.forEachChild(visit);
	};
	visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
	return messages.filter((message) => message !== '');
}

it('begins placeholders with “e.g.”', () => {
	// The placeholder of a collection is the text of its button.
	const placeholders = panels
		.filter((field) => 'type' in field && !/collection/i.test(field.type))
		.flatMap((field) => ('placeholder' in field && field.placeholder ? [field.placeholder] : []));
	expect(placeholders.length).toBeGreaterThan(20);
	expect(placeholders.filter((text) => !text.startsWith('e.g. '))).toEqual([]);
});

it('says what happened without the words that n8n advises against', () => {
	const folder = join(__dirname, '../../nodes');
	const messages = readdirSync(folder, { recursive: true })
		.map(String)
		.filter((name) => name.endsWith('.ts'))
		.flatMap((name) => messagesIn(join(folder, name)));
	expect(messages.length).toBeGreaterThan(100);
	expect(messages.filter((message) => /\b(error|problem|failure|mistake)s?\b/i.test(message))).toEqual([]);
});
