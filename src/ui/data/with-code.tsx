/** A sentence whose code stands between backquotes, as checker and explanations write it. */
export const WithCode = ({ children }: { readonly children: string }) => (
  <>
    {children.split('`').map((part, index) =>
      index % 2 === 1 ? (
        <code key={index} className="rounded-sm bg-sunken px-0.5 font-mono text-[0.95em]">
          {part}
        </code>
      ) : (
        part
      ),
    )}
  </>
);
