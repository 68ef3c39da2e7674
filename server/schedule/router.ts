import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { listDisplaced } from "./displaced/list-displaced.ts";
import { listDisplacedInput } from "./displaced/schema.ts";
import { acceptHolidays } from "./exception/accept-holidays.ts";
import { addException } from "./exception/add-exception.ts";
import { changeException } from "./exception/change-exception.ts";
import { listExceptions } from "./exception/list-exceptions.ts";
import { proposeHolidays } from "./exception/propose-holidays.ts";
import { removeException } from "./exception/remove-exception.ts";
import {
  acceptHolidaysInput,
  addExceptionInput,
  changeExceptionInput,
  listExceptionsInput,
  removeExceptionInput,
} from "./exception/schema.ts";
import { readHours } from "./hours/read-hours.ts";
import { replaceHours } from "./hours/replace-hours.ts";
import { readHoursInput, replaceHoursInput } from "./hours/schema.ts";
import { changePolicy } from "./policy/change-policy.ts";
import { readPolicy } from "./policy/read-policy.ts";
import { changePolicyInput } from "./policy/schema.ts";
import { addResource } from "./resource/add-resource.ts";
import { changeResource } from "./resource/change-resource.ts";
import { listResources } from "./resource/list-resources.ts";
import { addResourceInput, changeResourceInput } from "./resource/schema.ts";
import { addService } from "./service/add-service.ts";
import { changeService } from "./service/change-service.ts";
import { listServices } from "./service/list-services.ts";
import { proposeServices } from "./service/propose-services.ts";
import { readService } from "./service/read-service.ts";
import { renewServiceCode } from "./service/renew-service-code.ts";
import {
  addServiceInput,
  changeServiceInput,
  listServicesInput,
  readServiceInput,
  renewCodeInput,
  startServicesInput,
} from "./service/schema.ts";
import { startServices } from "./service/start-services.ts";

const reader = clinicProcedure("schedule:read");
const manager = clinicProcedure("schedule:manage");

const service = t.router({
  list: reader.input(listServicesInput).query(({ ctx, input }) => listServices(ctx, input)),
  read: reader.input(readServiceInput).query(({ ctx, input }) => readService(ctx, input)),
  add: manager.input(addServiceInput).mutation(({ ctx, input }) => addService(ctx, input)),
  change: manager.input(changeServiceInput).mutation(({ ctx, input }) => changeService(ctx, input)),
  renewCode: manager.input(renewCodeInput).mutation(({ ctx, input }) => renewServiceCode(ctx, input)),
  proposals: manager.query(({ ctx }) => proposeServices(ctx)),
  start: manager.input(startServicesInput).mutation(({ ctx, input }) => startServices(ctx, input)),
});

const resource = t.router({
  list: reader.query(({ ctx }) => listResources(ctx)),
  add: manager.input(addResourceInput).mutation(({ ctx, input }) => addResource(ctx, input)),
  change: manager.input(changeResourceInput).mutation(({ ctx, input }) => changeResource(ctx, input)),
});

const hours = t.router({
  read: reader.input(readHoursInput).query(({ ctx, input }) => readHours(ctx, input)),
  replace: manager.input(replaceHoursInput).mutation(({ ctx, input }) => replaceHours(ctx, input)),
});

const exception = t.router({
  list: reader.input(listExceptionsInput).query(({ ctx, input }) => listExceptions(ctx, input)),
  add: manager.input(addExceptionInput).mutation(({ ctx, input }) => addException(ctx, input)),
  change: manager.input(changeExceptionInput).mutation(({ ctx, input }) => changeException(ctx, input)),
  remove: manager.input(removeExceptionInput).mutation(({ ctx, input }) => removeException(ctx, input)),
  holidays: reader.query(({ ctx }) => proposeHolidays(ctx)),
  acceptHolidays: manager.input(acceptHolidaysInput).mutation(({ ctx, input }) => acceptHolidays(ctx, input)),
});

export const scheduleRouter = t.router({
  service,
  resource,
  hours,
  exception,
  policy: reader.query(({ ctx }) => readPolicy(ctx)),
  changePolicy: manager.input(changePolicyInput).mutation(({ ctx, input }) => changePolicy(ctx, input)),
  displaced: clinicProcedure("appointment:read")
    .input(listDisplacedInput)
    .query(({ ctx, input }) => listDisplaced(ctx, input)),
});
