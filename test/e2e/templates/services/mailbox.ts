import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';

const LOGIN = { user: 'alerts', password: 'mailbox-secret' };

/** A mail server that stores received emails. */
export interface Mailbox {
	/** Data for an SMTP credential. */
	credential: Record<string, unknown>;
	mails: ParsedMail[];
	close(): Promise<void>;
}

export async function startMailbox(): Promise<Mailbox> {
	const mails: ParsedMail[] = [];
	const server = new SMTPServer({
		disabledCommands: ['STARTTLS'],
		onAuth: ({ username, password }, _session, done) =>
			username === LOGIN.user && password === LOGIN.password
				? done(null, { user: username })
				: done(new Error('Invalid login')),
		onData(stream, _session, done) {
			void simpleParser(stream).then((mail) => {
				mails.push(mail);
				done();
			}, done);
		},
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.server.address() as AddressInfo;
	return {
		credential: { ...LOGIN, host: '127.0.0.1', port, secure: false, disableStartTls: true },
		mails,
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}
