/** Those of eight characters and more that head every list of leaked passwords. */
const COMMON = new Set(
  `12345678 123456789 1234567890 87654321 987654321 0987654321 11111111 00000000 88888888 99999999 12341234 11223344 123123123
  password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword pa55word passwort motdepasse contraseña
  qwertyuiop qwerty123 qwerty12 qwerty1234 1q2w3e4r 1q2w3e4r5t 1qaz2wsx q1w2e3r4 asdfghjkl asdfasdf zxcvbnm1 zaq12wsx qazwsxedc qwer1234
  abcd1234 abcdefgh abc12345 a1b2c3d4 aa123456 iloveyou iloveyou1 sunshine princess football baseball basketball superman batman123
  trustno1 starwars whatever computer internet michelle jennifer michael1 jordan23 welcome1 welcome123 letmein1 letmein123
  dragon123 monkey123 master123 shadow123 admin123 admin1234 administrator changeme changeme1 default1 temp1234 test1234 testtest
  secret123 summer2024 summer2025 winter2024 winter2025 spring2025 autumn2025 charlie1 freedom1 mustang1 corvette mercedes liverpool
  chelsea1 arsenal1 manchester barcelona realmadrid pokemon1 minecraft fortnite google123 samsung1 bitcoin1 trading1 alphaloom
  alphaloom1 alphaloom123`.split(/\s+/),
);

/** What is wrong with a new password, in words; null when nothing is. */
export function passwordProblem(password: string, about: { readonly email: string; readonly name: string }): string | null {
  const length = [...password].length;
  if (length < 8) return 'Use at least 8 characters.';
  if (length > 128) return 'Use at most 128 characters.';
  const lower = password.toLowerCase();
  if (COMMON.has(lower) || new Set(lower).size < 4) return 'This password is among the first that anybody would try. Choose another.';
  const known = [about.email, about.email.split('@')[0] ?? '', about.name].map((text) => text.toLowerCase());
  if (known.includes(lower)) return 'Choose a password that is not your name or address.';
  return null;
}
