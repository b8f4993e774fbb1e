import { TextField, type TextFieldProps } from "@/app/_ui/text-field";

/** An e-mail address, for password managers the name of the account. */
export function EmailField(props: Partial<TextFieldProps>) {
  return (
    <TextField
      label="E-mail"
      name="email"
      type="email"
      autoComplete="username"
      inputMode="email"
      autoCapitalize="none"
      spellCheck={false}
      required
      {...props}
    />
  );
}
