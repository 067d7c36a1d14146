export const DISPLAY_NAME = 'Speechmatics';
