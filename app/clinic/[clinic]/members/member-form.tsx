"use client";

import { Button, Switch } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ListedMember } from "#server/membership/list-members.ts";
import { changeMemberInput, type Role } from "#server/membership/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { ConfirmDialog } from "../../../_ui/confirm/confirm-dialog.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import classes from "./members.module.css";
import { PlacementFields } from "./placement-fields.tsx";
import { useLocationNames } from "./use-location-names.ts";

interface MemberFormProps {
  member: ListedMember;
  mayMakeOwner: boolean;
  isSelf: boolean;
  onClose: () => void;
  onSaved: () => void;
}

interface Values {
  role: Role;
  locationIds: string[] | null;
  supervisorId: string | null;
  privacyOfficer: boolean;
}

/** One member: what they are here, and whether they still are. */
export function MemberForm({ member, mayMakeOwner, isSelf, onClose, onSaved }: MemberFormProps) {
  const t = useTranslations("team");
  const roles = useTranslations("workspace.roles");
  const client = useTRPCClient();
  const toast = useToast();
  const say = useErrorText();
  const { nameOf } = useLocationNames();
  const [ending, setEnding] = useState(false);
  const [closing, setClosing] = useState(false);
  const { id, version, displayName: name, status } = member;
  const form = useRecordForm<Values>({
    draft: `member ${id}`,
    id,
    schema: changeMemberInput,
    start: {
      role: member.role,
      locationIds: member.locationIds && [...member.locationIds],
      supervisorId: member.supervisorId,
      privacyOfficer: member.privacyOfficer,
      // The schema judges a whole input; these two never change here.
      ...{ id, version },
    },
    version,
    send: (values, onto) => client.membership.change.mutate({ ...values, id, version: onto }),
    onSaved: () => {
      toast({ message: t("saved", { name }) });
      onSaved();
    },
  });
  const { values, set, errors } = form;
  const labels = {
    role: t("role"),
    locationIds: t("locations"),
    supervisorId: t("supervisor"),
    privacyOfficer: t("officer"),
  };
  const show = (field: keyof Values, from: Values): string => {
    if (field === "role") return roles(from.role);
    if (field === "locationIds") return from.locationIds?.map(nameOf).join(", ") ?? t("everywhere");
    if (field === "privacyOfficer") return t(from.privacyOfficer ? "yes" : "no");
    return from.supervisorId ? t("somebody") : "";
  };

  async function change(act: () => Promise<unknown>, message: string) {
    try {
      await act();
      toast({ message });
      onSaved();
    } catch (error) {
      toast({ message: say(error).message, tone: "danger" });
    }
  }

  const owned = member.role === "owner" && !mayMakeOwner;
  if (status === "inactive" || owned) {
    const back = () => client.membership.reactivate.mutate({ id, version });
    return (
      <RecordDrawer
        title={name}
        verb={t(owned ? "close" : "giveBack")}
        onClose={onClose}
        labels={labels}
        form={{ ...form, submit: owned ? onClose : () => void change(back, t("givenBack", { name })) }}
        differences={[]}
      >
        <p className={classes.help}>{t(owned ? "ownerOnly" : "formerText", { role: roles(member.role) })}</p>
      </RecordDrawer>
    );
  }

  return (
    <RecordDrawer
      title={name}
      verb={t("save")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={form.differences(labels, show)}
    >
      <p className={classes.help}>{member.email}</p>
      <PlacementFields values={values} set={set} errors={errors} mayMakeOwner={mayMakeOwner} memberId={id} />
      <Switch
        id="privacyOfficer"
        label={t("officer")}
        description={t("officerHelp")}
        checked={values.privacyOfficer}
        onChange={(event) => set({ privacyOfficer: event.currentTarget.checked })}
      />
      {!isSelf && (
        <div className={classes.end}>
          <Button variant="subtle" onClick={() => setClosing(true)}>
            {t("closeSessions")}
          </Button>
          <Button variant="subtle" color="brique" onClick={() => setEnding(true)}>
            {t("end")}
          </Button>
        </div>
      )}
      <ConfirmDialog
        opened={closing}
        onClose={() => setClosing(false)}
        title={t("closeSessionsTitle", { name })}
        consequences={[t("closeSessionsNow"), t("closeSessionsBack"), t("closeSessionsElsewhere")]}
        verb={t("closeSessions")}
        onConfirm={async () => {
          const act = () => client.auth.clinic.endMemberSessions.mutate({ membershipId: id });
          await change(act, t("sessionsClosed", { name }));
          setClosing(false);
        }}
      />
      <ConfirmDialog
        opened={ending}
        onClose={() => setEnding(false)}
        title={t("endTitle", { name })}
        consequences={[t("endNow"), t("endHistory"), t("endTold")]}
        verb={t("end")}
        danger
        onConfirm={async () => {
          await change(() => client.membership.deactivate.mutate({ id, version }), t("ended", { name }));
          setEnding(false);
        }}
      />
    </RecordDrawer>
  );
}
