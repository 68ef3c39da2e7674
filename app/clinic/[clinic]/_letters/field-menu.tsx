"use client";

import { Button, Menu } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type FieldGroup, type FieldKey, fieldGroups, fields } from "#server/letter/fields-schema.ts";

interface FieldMenuProps {
  /** Of the text that it is inserted in: fields are called in its words. */
  language: "fr" | "en";
  /** Of a letter to nobody's desk, the groups that have no meaning are left out. */
  without?: readonly FieldGroup[];
  onInsert: (key: FieldKey) => void;
}

/** Every field there is, by what it is about. */
export function FieldMenu({ language, without = [], onInsert }: FieldMenuProps) {
  const t = useTranslations("letters");
  return (
    <Menu position="bottom-start" width={280} returnFocus={false}>
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-sm" leftSection={<IconBraces size={16} aria-hidden />}>
          {t("insertField")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: "auto" }}>
        {fieldGroups
          .filter((group) => !without.includes(group))
          .map((group) => (
            <div key={group}>
              <Menu.Label>{t(`groups.${group}`)}</Menu.Label>
              {fields
                .filter((one) => one.group === group)
                .map((one) => (
                  <Menu.Item key={one.key} onClick={() => onInsert(one.key)}>
                    {one[language]}
                  </Menu.Item>
                ))}
            </div>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
