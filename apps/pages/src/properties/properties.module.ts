import { Module } from '@nestjs/common';
import { PropertiesController } from './properties.controller.js';
import { PropertyStore } from './property-store.js';

@Module({ controllers: [PropertiesController], providers: [PropertyStore], exports: [PropertyStore] })
export class PropertiesModule {}
