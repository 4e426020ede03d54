/** Tags as somebody types them: several with commas between, small letters as they are kept. */
export const tagsIn = (text: string): string[] => [...new Set(text.split(',').map((tag) => tag.trim().toLowerCase()).filter((tag) => tag !== ''))];
