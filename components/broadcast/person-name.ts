type Named = { name: string; recipient: string };

/** A person without a name comes with the number in its place, which stands beside it anyway. */
export const personName = ({ name, recipient }: Named): string => (name === '' || name === recipient ? 'No name' : name);
