import { Injectable } from '@nestjs/common';
import { ClusterMember } from '@tributary/cluster';
import { administration, ServiceError } from '@tributary/contracts';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { MessagingClient } from '@tributary/messaging';
import type { FastifyInstance } from 'fastify';
import { SiteAnswer } from '../site/site-answer.js';

/** What administrators set for the whole site; no gateway lets a write begin under a mode that is over. */
@Injectable()
export class SiteModes {
  private readonly mode: SiteAnswer<typeof administration.getMode>;

  constructor(messaging: MessagingClient, member: ClusterMember) {
    this.mode = new SiteAnswer(messaging, member, administration.getMode, 'gateway.site-mode');
  }

  /** Rejects with `unavailable` when it isn't known and no coordinator answers. */
  current(): Promise<administration.SiteMode> {
    return this.mode.get();
  }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * What goes on in read-only mode, as in Confluence: signing in, reading by POST, and the administration of the site, by which it is
 * also ended. Whatever isn't here is refused.
 */
const goesOn = [
  '/dologin.action',
  '/logout.action',
  '/rest/api/admin/',
  '/rest/api/contentbody/convert/',
  '/rest/api/longtask/',
  '/rest/api/permissions',
  '/rest/api/user/:username/group/',
  '/rest/tributary/1/cluster/',
  '/rest/tributary/1/site',
  '/rest/zdu/',
];

/** Whether a request by this method to a route may change what read-only mode protects. */
export const isRefusedReadOnly = (method: string, route: string): boolean =>
  !safeMethods.has(method) && !goesOn.some((start) => route.startsWith(start));

/** Refuses writes while the site is read-only, before anything of their bodies is read. Reads have nothing to do with it. */
export function refuseWritesWhenReadOnly(adapter: Pick<FastifyAdapter, 'getInstance'>, modes: SiteModes): void {
  const server = adapter.getInstance() as unknown as FastifyInstance;
  const refuse = async (): Promise<void> => {
    const { accessMode } = await modes.current();
    if (accessMode === 'READ_ONLY') throw readOnly();
  };
  server.addHook('onRoute', (route) => {
    if (![route.method].flat().some((method) => isRefusedReadOnly(method, route.url))) return;
    route.onRequest = [...[route.onRequest ?? []].flat(), refuse];
  });
}

const readOnly = (): ServiceError =>
  new ServiceError('readOnly', 'The site is in read-only mode: nothing can be changed at the moment');
