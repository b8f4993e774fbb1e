"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { own } from "@/app/_ui/foreign-elements";
import { IconButton } from "@/app/_ui/icon-button";
import { TextField, type TextFieldProps } from "@/app/_ui/text-field";

/** A password with a button that shows it. Never truncated, so that pasted passwords stay whole. */
export function PasswordField(props: Omit<TextFieldProps, "type" | "trailing">) {
  const [shown, setShown] = useState(false);
  return (
    <TextField
      spellCheck={false}
      autoCapitalize="none"
      autoCorrect="off"
      {...props}
      type={shown ? "text" : "password"}
      trailing={
        <IconButton
          {...own}
          icon={shown ? EyeOff : Eye}
          label={shown ? "Hide password" : "Show password"}
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}
